"""Objects in lists: method calls, inheritance, fields of several types, a small simulation."""


class Vector:
    def __init__(self, x: float, y: float):
        self.x = x
        self.y = y

    def __add__(self, other: "Vector") -> "Vector":
        return Vector(self.x + other.x, self.y + other.y)

    def scaled(self, k: float) -> "Vector":
        return Vector(self.x * k, self.y * k)

    def dot(self, other: "Vector") -> float:
        return self.x * other.x + self.y * other.y


class Particle:
    def __init__(self, name: str, position: Vector, velocity: Vector):
        self.name = name
        self.position = position
        self.velocity = velocity
        self.bounces = 0

    def step(self, dt: float) -> None:
        self.position = self.position + self.velocity.scaled(dt)
        self.bounce()

    def bounce(self) -> None:
        p = self.position
        if p.x < 0.0 or p.x > 1.0:
            self.velocity.x = -self.velocity.x
            self.bounces += 1
        if p.y < 0.0 or p.y > 1.0:
            self.velocity.y = -self.velocity.y
            self.bounces += 1

    def weight(self) -> float:
        return 1.0

    def energy(self) -> float:
        return 0.5 * self.weight() * self.velocity.dot(self.velocity)


class Heavy(Particle):
    def __init__(self, name: str, position: Vector, velocity: Vector, mass: float):
        super().__init__(name, position, velocity)
        self.mass = mass

    def weight(self) -> float:
        return self.mass


def main() -> None:
    particles: list[Particle] = []
    for i in range(200):
        position = Vector((i * 37 % 100) / 100.0, (i * 61 % 100) / 100.0)
        velocity = Vector((i % 13 - 6) / 50.0, (i % 7 - 3) / 40.0)
        if i % 3 == 0:
            particles.append(Heavy(f"h{i}", position, velocity, 1.0 + i % 5))
        else:
            particles.append(Particle(f"p{i}", position, velocity))
    for _ in range(4000):
        for particle in particles:
            particle.step(0.1)
    total = sum(p.energy() for p in particles)
    most = max(particles, key=lambda p: p.bounces)
    print(f"{total:.9f} {most.name} {most.bounces} {sum(p.bounces for p in particles)}")


if __name__ == "__main__":
    main()
