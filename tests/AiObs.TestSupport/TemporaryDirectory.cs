namespace AiObs.TestSupport;

/// <summary>Is a directory of a test's own.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Gets where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("aiobs-").FullName;

    /// <summary>Returns the path of a file in it, which need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Deletes it with all that is in it.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
