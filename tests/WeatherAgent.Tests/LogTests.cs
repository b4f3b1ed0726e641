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

        var run = await WeatherCall.RunAsync("--log", _file.Path, "--events");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            ["message_sent", "response_received", "cost_recorded", "tool_called", "message_sent", "response_received", "cost_recorded", "agent_completed"],
            EventType().Matches(run.Output).Select(match => match.Groups[1].Value));
        Assert.Contains("amount=0.00243, currency=USD, completeness=exact", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_LogOfTwoRuns_IsIntact()
    {
        await WriteAsync();
        await WriteAsync();

        var run = await WeatherProcess.RunAsync("--log", _file.Path, "--verify");

        Assert.Equal((0, "The log is intact: 16 events and 4 costs of 2 runs.\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Verify_ChangedEvent_ExitsWithOneAndSaysWhere()
    {
        await WriteAsync();
        Execute("DROP TRIGGER aiobs_events_refuse_update; UPDATE aiobs_events SET data = '{}' WHERE position = 3");

        var run = await WeatherCall.RunAsync("--log", _file.Path, "--verify");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("The log is not as it was written (8 events and 2 costs of 1 run):\n  BrokenLink: The hash of event 3 ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WriterNamedLikeALineOfOurs_IsShownInOneLine()
    {
        await WriteAsync();
        Execute("""
            CREATE TABLE kept AS SELECT * FROM aiobs_event_writers;
            DROP TABLE aiobs_event_writers;
            CREATE TABLE aiobs_event_writers AS SELECT * FROM kept;
            INSERT INTO aiobs_event_writers SELECT * FROM aiobs_event_writers;
            UPDATE aiobs_event_writers SET writer = 'x' || char(10) || 'The log is intact: 8 events and 2 costs of 1 run.' || char(27) || '[2J' || char(8238);
            """);

        var run = await WeatherCall.RunAsync("--log", _file.Path, "--verify");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.All(run.Error.TrimEnd('\n').Split('\n').Skip(1), line => Assert.Matches("^  [A-Z][A-Za-z]+: ", line));
        Assert.DoesNotContain(run.Error, static character => character is '\u001b' or '\u202e');
    }

    [Fact]
    public async Task EventsAndVerify_EventThatCannotBeRead_SayBothWithoutAStackTrace()
    {
        await WriteAsync();
        Execute("DROP TRIGGER aiobs_events_refuse_update; UPDATE aiobs_events SET data = '{' WHERE position = 3");

        var run = await WeatherCall.RunAsync("--log", _file.Path, "--events", "--verify");

        var lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal((1, "", 3), (run.ExitCode, run.Output, lines.Length));
        Assert.StartsWith($"Cannot read the log '{_file.Path}': A row of the database holds a value", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  BrokenLink: ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_HostileEvent_IsOneShortLine()
    {
        await WriteAsync();
        Execute("""
            DROP TRIGGER aiobs_events_refuse_update;
            UPDATE aiobs_events SET type = char(27) || ']0;x' || char(7) || char(10) || '   1  2026', data = json_object('a', char(27) || '[2J' || printf('%.*c', 100000, 'x'))
            WHERE position = 3
            """);

        var run = await WeatherCall.RunAsync("--log", _file.Path, "--events");

        var lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal((0, "", 8), (run.ExitCode, run.Error, lines.Length));
        Assert.InRange(lines[2].Length, 200, 400);
        Assert.DoesNotContain(run.Output, static character => char.IsControl(character) && character != '\n');
    }

    [Fact]
    public async Task Log_PathWithASemicolon_IsThatFile()
    {
        var path = _file.Path + ";Mode=Memory";

        var run = await WeatherCall.RunAsync("--log", path, "--question", Question);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(File.Exists(path));
        File.Delete(path);
    }

    [Fact]
    public async Task Verify_NoSuchLog_ExitsWithOneAndMakesNone()
    {
        var missing = _file.Path + ".missing";

        var run = await WeatherCall.RunAsync("--log", missing, "--verify");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"There is no log at '{missing}'", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(missing));
    }

    [Fact]
    public async Task Verify_FileThatIsNoDatabase_ExitsWithOneAndSaysSo()
    {
        await File.WriteAllTextAsync(_file.Path, string.Concat(Enumerable.Repeat("This is a diary. ", 1000)), TestContext.Current.CancellationToken);

        var run = await WeatherCall.RunAsync("--log", _file.Path, "--verify");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Cannot read the log '{_file.Path}': ", run.Error, StringComparison.Ordinal);
    }

    private async Task WriteAsync()
    {
        var run = await WeatherCall.RunAsync("--log", _file.Path, "--question", Question);
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
