using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace WeatherAgent.Tests;

/// <summary>Runs the sample with an event log.</summary>
public sealed partial class LogTests : IDisposable
{
    private const string Question = "How is it in Oslo?";

    private readonly TemporaryFile _file = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _file.Dispose();
    }

    [Fact]
    public async Task Log_OneQuestion_HasEveryEventOfItInOrder()
    {
        await WriteAsync();

        var run = await WeatherProcess.RunAsync("--log", _file.Path, "--events");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            ["message_sent", "response_received", "cost_recorded", "tool_called", "message_sent", "response_received", "cost_recorded"],
            EventType().Matches(run.Output).Select(match => match.Groups[1].Value));
        Assert.Contains("amount=0.00243, currency=USD, completeness=exact", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_LogOfTwoRuns_IsIntact()
    {
        await WriteAsync();
        await WriteAsync();

        var run = await WeatherProcess.RunAsync("--log", _file.Path, "--verify");

        Assert.Equal((0, "The log is intact: 14 events of 2 runs.\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Verify_ChangedEvent_ExitsWithOneAndSaysWhere()
    {
        await WriteAsync();
        Execute("DROP TRIGGER aiobs_events_refuse_update; UPDATE aiobs_events SET data = '{}' WHERE position = 3");

        var run = await WeatherProcess.RunAsync("--log", _file.Path, "--verify");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("The log is not as it was written (7 events of 1 run):\n  BrokenLink: The hash of event 3 ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoSuchLog_ExitsWithOneAndMakesNone()
    {
        var missing = _file.Path + ".missing";

        var run = await WeatherProcess.RunAsync("--log", missing, "--verify");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"There is no log at '{missing}'", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(missing));
    }

    [Fact]
    public async Task Verify_FileThatIsNoDatabase_ExitsWithOneAndSaysSo()
    {
        await File.WriteAllTextAsync(_file.Path, string.Concat(Enumerable.Repeat("This is a diary. ", 1000)), TestContext.Current.CancellationToken);

        var run = await WeatherProcess.RunAsync("--log", _file.Path, "--verify");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Cannot read the log '{_file.Path}': ", run.Error, StringComparison.Ordinal);
    }

    private async Task WriteAsync()
    {
        var run = await WeatherProcess.RunAsync("--log", _file.Path, "--question", Question);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"Logged in {_file.Path}; read it with --log {_file.Path} --events, check it with --verify.", run.Output, StringComparison.Ordinal);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"weather-[0-9a-f]{8}  (\w+)")]
    private static partial Regex EventType();
}
