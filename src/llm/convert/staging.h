#pragma once
// An output that is written beside its place and moved there when it is whole.

#include <filesystem>
#include <string>
#include <vector>

#include "core/fs.h"
#include "formats/model_file.h"

namespace sov::llm {

/// A folder OUTPUT.converting-PID that is removed unless published.
class Staging {
 public:
  enum class Shape { file, folder, file_with_companions };

  /// Errors: validation when the output exists and overwrite is no, or is something that --force must not
  /// replace; io.
  static Result<Staging> create(const std::filesystem::path& output, Shape shape, Overwrite overwrite);
  Staging(Staging&& other) noexcept;
  Staging& operator=(Staging&&) = delete;
  ~Staging();

  /// Where files are written.
  const std::filesystem::path& folder() const { return folder_; }
  /// What to open: the file, or the folder.
  std::filesystem::path model() const;
  /// The weights' file name, for shapes of one file.
  std::string file_name() const { return output_.filename().string(); }
  /// Errors: validation when the place was taken meanwhile; io.
  Result<> publish();

 private:
  Staging() = default;
  Result<> publish_folder();
  Result<> publish_files();

  std::filesystem::path output_, folder_;
  Shape shape_ = Shape::file;
  Overwrite overwrite_ = Overwrite::no;
};

}  // namespace sov::llm
