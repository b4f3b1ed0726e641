using AiObs.TestSupport;
using FakeModelServer;

namespace WeatherAgent.Tests;

/// <summary>Runs the sample where something around it is broken.</summary>
public sealed class FailureTests
{
    private const string FullDisk = "/dev/full";

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spans_FolderIsMissing_ExitsWithOneBeforeTheConversation()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "spans.jsonl");

        var run = await WeatherCall.RunAsync("--spans", path);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Cannot write spans to '{path}': ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Spans_IsAFolder_ExitsWithOne()
    {
        var run = await WeatherCall.RunAsync("--spans", Path.GetTempPath());

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"Cannot write spans to '{Path.GetTempPath()}': ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_DiskIsFull_FinishesTheConversationAndExitsWithOne()
    {
        Assert.SkipUnless(File.Exists(FullDisk), $"This system has no {FullDisk}.");

        var run = await WeatherCall.RunAsync("--spans", FullDisk, "--question", "How is it in Oslo?");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Oslo has 4 °C", run.Output, StringComparison.Ordinal);
        Assert.StartsWith($"Cannot write spans to '{FullDisk}': No space left on device", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Spans_ProcessIsKilled_HasWhatEndedBefore()
    {
        var isAsked = new TaskCompletionSource();
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Say("Fine."), ModelReply.Say("Never said.") with
        {
            BeforePiece = (_, cancellationToken) =>
            {
                isAsked.SetResult();

                return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            },
        });
        using var file = new TemporaryFile();
        using var process = WeatherProcess.StartAgainst(server, "--spans", file.Path);

        await isAsked.Task;
        process.Kill();
        await process.WaitForExitAsync(TestToken);

        Assert.Equal(["chat claude-sonnet-4-5", "invoke_agent weather-assistant"], WrittenSpan.ReadAll(file.Path).Select(span => span.Name));
    }

    [Fact]
    public async Task Model_RefusesTheKey_ExitsWithOneAndStillShowsAndWritesTheSpans()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Fail(401));
        using var file = new TemporaryFile();

        var run = await WeatherCall.RunAgainstAsync(server, "--spans", file.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("The conversation failed: Status Code: Unauthorized", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 spans, no tokens.", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            [("chat claude-sonnet-4-5", "Error"), ("invoke_agent weather-assistant", "Error")],
            WrittenSpan.ReadAll(file.Path).Select(span => (span.Name, span.Status.Code)));
    }

    [Fact]
    public async Task Model_BreaksOffInTheSecondTurn_KeepsTheSpansOfTheFirst()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Say("Fine."), ModelReply.Say("Half ", "an answer.") with { CutAfterPieces = 1 });
        using var file = new TemporaryFile();

        var run = await WeatherCall.RunAgainstAsync(server, "--spans", file.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("The conversation failed: ", run.Error, StringComparison.Ordinal);
        var spans = WrittenSpan.ReadAll(file.Path);
        Assert.Equal(["Unset", "Unset", "Error", "Error"], spans.Select(span => span.Status.Code));
        Assert.Equal(["completed", "failed"], spans.Where(span => span.Kind == "Client").Select(span => span.Values["aiobs.stream.outcome"]));
    }
}
