namespace AiObs.Tests.Events.Sinks;

/// <summary>A directory that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("aiobs-events-");

    /// <summary>Gets the names of the files, without those that keep second writers away.</summary>
    public IReadOnlyList<string> Files =>
        [.. _directory.EnumerateFiles().Select(file => file.Name).Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
