using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>A redaction that blocks, asks models itself or runs in many calls at once hides nothing that it could have read.</summary>
public sealed class BusyRedactorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HundredCalls_WhoseRedactionBlocks_ShowTheirContent()
    {
        using var cage = new CanaryCage(static options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.CallbackTimeout = TimeSpan.FromSeconds(30);
            options.Privacy.RedactText = static (_, text) =>
            {
                Thread.Sleep(100);
                return text.Replace(Canary.Text, "[GONE]", StringComparison.Ordinal);
            };
        });
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine"))).UseAgentObservability(cage.Root);
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Factory.StartNew(
            () => client.GetResponseAsync(Canary.Text, cancellationToken: Token), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(start);

        cage.AssertNoneOf(Canary.Text, "__REDACTED__");
        Assert.Equal(100, cage.Spans.Count);

        // At 200 texts, two threads would take ten seconds, and one behind the other twenty.
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task RedactionThatAsksTheObservedClient_IsNotRunForThatAndHoldsNobodyUp()
    {
        IChatClient? client = null;
        using var cage = new CanaryCage(options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.CallbackTimeout = TimeSpan.FromSeconds(60);
            options.Privacy.RedactText = (_, text) => client!.GetResponseAsync($"find in {text}", cancellationToken: Token).GetAwaiter().GetResult().Text + "ed";
        });
        using var observed = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "redact"))).UseAgentObservability(cage.Root);
        client = observed;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => observed.GetResponseAsync(Canary.Text, cancellationToken: Token), Token)))
            .WaitAsync(TimeSpan.FromSeconds(30), Token);

        cage.AssertNoneOf(Canary.Text);
        Assert.Equal(8, cage.Spans.Count(static span => "redacted".Equals(span.GetTagItem("llm.input_messages.0.message.content"))));
        Assert.Equal(16, cage.Spans.Count(static span => "__REDACTED__".Equals(span.GetTagItem("llm.input_messages.0.message.content"))));
    }

    [Fact]
    public async Task RedactionOfTagsThatIsSlow_TakesNoLongerThanTheLimitForAllOfThem()
    {
        using var cage = new CanaryCage(static options =>
        {
            options.CallbackTimeout = TimeSpan.FromMilliseconds(200);
            options.Privacy.RedactText = static (_, text) =>
            {
                Thread.Sleep(120);
                return text;
            };
        });
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine"))).UseAgentObservability(cage.Root);
        using var context = AgentContext.Begin(tags: [.. Enumerable.Range(0, 50).Select(static number => $"tag {number}")]);
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        await client.GetResponseAsync("hi", cancellationToken: Token);

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task RedactionOfStopSequencesThatHangs_IsWaitedForOnceForAllOfThem()
    {
        using var release = new ManualResetEventSlim();
        var runs = 0;
        using var cage = new CanaryCage(options =>
        {
            options.CallbackTimeout = TimeSpan.FromMilliseconds(100);
            options.Privacy.RedactText = (_, text) =>
            {
                Interlocked.Increment(ref runs);
                release.Wait(HangGuard.Limit, Token);
                return text;
            };
        });
        using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine"))).UseAgentObservability(cage.Root);

        await client.GetResponseAsync("hi", new ChatOptions { StopSequences = ["a", "b", "c", "d", "e"] }, Token);
        release.Set();

        // On a busy machine, a thread may not even begin in time.
        Assert.InRange(runs, 0, 1);
        Assert.Equal(Enumerable.Repeat("__REDACTED__", 5), Assert.IsType<string[]>(Assert.Single(cage.Spans).GetTagItem("gen_ai.request.stop_sequences")));
    }
}
