namespace WeatherAgent.Tests;

/// <summary>Runs the built-in conversation once, with its spans in a file, for all tests of a class.</summary>
public sealed class SpansRun : IAsyncLifetime
{
    private readonly TemporaryFile _file = new();

    internal IReadOnlyList<WrittenSpan> Spans { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var run = await WeatherCall.RunAsync("--spans", _file.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Spans = WrittenSpan.ReadAll(_file.Path);
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();

        return ValueTask.CompletedTask;
    }
}
