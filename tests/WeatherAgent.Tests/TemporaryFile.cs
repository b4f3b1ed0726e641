namespace WeatherAgent.Tests;

/// <summary>Is a path for one test, whose file goes away with it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(Path);
}
