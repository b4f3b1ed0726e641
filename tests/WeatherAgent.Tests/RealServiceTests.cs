using AiObs.TestSupport;
using FakeModelServer;

namespace WeatherAgent.Tests;

/// <summary>Runs the sample as with a key of Anthropic's, against a server of the test's own.</summary>
public sealed class RealServiceTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithKey_SaysWhoAnswersAndSendsInstructionsToolsAndKey()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);

        var run = await WeatherCall.RunAgainstAsync(server, "--model", "claude-opus-4-1", "--question", "Rain?");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"Weather assistant: claude-opus-4-1 at {server.BaseAddress}", run.Output, StringComparison.Ordinal);
        var request = Assert.Single(server.Requests);
        Assert.Equal("Bearer test-key", request.Headers["Authorization"]);
        Assert.All(
            ["\"model\":\"claude-opus-4-1\"", "\"stream\":true", "You are a weather assistant.", "get_weather", "get_forecast"],
            text => Assert.Contains(text, request.Body, StringComparison.Ordinal));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Answer_WhileItStreams_IsShownPieceByPiece()
    {
        var isShown = new TaskCompletionSource();
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Say("First ", "second.") with
        {
            BeforePiece = (piece, cancellationToken) => piece == 1 ? isShown.Task.WaitAsync(cancellationToken) : Task.CompletedTask,
        });
        using var process = WeatherProcess.StartAgainst(server, "--question", "Rain?");

        var shown = await ReadUntilAsync(process.StandardOutput, "First ");
        isShown.SetResult();
        var rest = await process.StandardOutput.ReadToEndAsync(TestToken);

        Assert.DoesNotContain("second.", shown, StringComparison.Ordinal);
        Assert.StartsWith("second.\n", rest.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_EverythingForeignHoldsEscapeSequences_ShowsThemHarmless()
    {
        const string Hostile = "\e]0;owned\a\e[2J\e[31mred\u009b5m\u202Eevil\0";
        const string Harmless = "]0;owned[2J[31mred5mevil";
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Handler = request => request.NewToolResults.Count > 0
            ? ModelReply.Say("It says: ", request.NewToolResults[0].Text, "\e", "[31m", Hostile)
            : ModelReply.Call("get_weather", $$"""{"city":{{System.Text.Json.JsonSerializer.Serialize(Hostile)}}}""") with { Model = $"model{Hostile}" };
        using var file = new TemporaryFile();

        var run = await WeatherCall.RunAgainstAsync(server, "--question", $"Weather in \e[1m{Hostile[..^1]}", "--spans", file.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain(run.Output, character => character != '\n' && (char.IsControl(character) || character == '\u202E'));
        Assert.Contains($"It says: Error: Function failed. Exception: There is no weather station in {Harmless}.[31m{Harmless}", run.Output, StringComparison.Ordinal);
        Assert.Contains($"> Weather in [1m{Harmless}", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(await File.ReadAllTextAsync(file.Path, TestToken), character => character != '\n' && char.IsControl(character));
    }

    private static async Task<string> ReadUntilAsync(StreamReader reader, string end)
    {
        var text = new System.Text.StringBuilder();
        var buffer = new char[1];

        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            Assert.Equal(1, await reader.ReadAsync(buffer.AsMemory(), TestToken));
            text.Append(buffer);
        }

        return text.ToString();
    }
}
