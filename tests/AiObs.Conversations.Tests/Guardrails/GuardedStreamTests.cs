using AiObs.Guardrails;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Guardrails;

/// <summary>When a guarded stream shows what, and what it never shows.</summary>
public sealed class GuardedStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(GuardrailMode.Block, 6, 2)]
    [InlineData(GuardrailMode.Redact, 6, 2)]
    [InlineData(GuardrailMode.Block, null, 0)]
    [InlineData(GuardrailMode.Redact, null, 0)]
    [InlineData(GuardrailMode.Warn, null, 4)]
    [InlineData(GuardrailMode.Shadow, null, 4)]
    public async Task Updates_AreHeldAsFarAsTheRuleNeeds(GuardrailMode mode, int? longest, int shown)
    {
        var stream = Stream("abcd", "efgh", "ijkl", "mnop");
        var client = Guarded(stream.Client, new GuardrailRule(new StubGuardrail { LongestMatch = longest, Stages = GuardrailStages.Output }, mode));

        List<bool> early = [];
        await foreach (var update in client.GetStreamingResponseAsync("Go.", cancellationToken: Token))
        {
            early.Add(!stream.HasEnded);
        }

        Assert.Equal((4, shown), (early.Count, early.Count(static isEarly => isEarly)));
    }

    [Fact]
    public async Task LongUpdate_IsCutWhereItIsDecided()
    {
        var client = Guarded(Stream(new string('a', 100), "b").Client, new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Block) { Stages = GuardrailStages.Output });

        var texts = await client.GetStreamingResponseAsync("Go.", cancellationToken: Token).Select(static update => update.Text).ToListAsync(Token);

        Assert.Equal([new string('a', 94), new string('a', 6), "b"], texts);
    }

    [Fact]
    public async Task UnchangedUpdates_AreTheVeryObjects()
    {
        ChatResponseUpdate[] said = [new(ChatRole.Assistant, "hel"), new(ChatRole.Assistant, "lo"), new(ChatRole.Assistant, [new UsageContent(new())])];
        var client = Guarded(StubChatClient.Streaming(said), new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Block));

        var shown = await client.GetStreamingResponseAsync("Go.", cancellationToken: Token).ToListAsync(Token);

        Assert.Equal(said, shown, ReferenceEquals);
    }

    [Fact]
    public async Task Blocked_ReadsNoFurther()
    {
        var stream = Stream("my ", "sec", "ret", " is", " out", "!", "!", "!");
        List<string> shown = [];

        await Assert.ThrowsAsync<GuardrailException>(async () =>
        {
            await foreach (var update in Guarded(stream.Client, new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Block)).GetStreamingResponseAsync("Go.", cancellationToken: Token))
            {
                shown.Add(update.Text);
            }
        });

        Assert.Equal(["my "], shown);
        Assert.False(stream.HasEnded);
        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public async Task StreamFails_PassesTheExceptionAndNothingUndecided()
    {
        var failure = new HttpRequestException("gone");
        var stream = Stream("my ", "sec", "r").ThenThrows(failure);
        List<string> shown = [];

        var thrown = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in Guarded(stream.Client, new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact)).GetStreamingResponseAsync("Go.", cancellationToken: Token))
            {
                shown.Add(update.Text);
            }
        });

        Assert.Same(failure, thrown);
        Assert.Empty(shown);
    }

    [Fact]
    public async Task StreamIsLeft_ShowsNothingMoreAndDisposesTheInnerOne()
    {
        var stream = Stream("abcdefgh", "secret", "ijklmnop", "qrst");
        var client = Guarded(stream.Client, new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact));

        await foreach (var update in client.GetStreamingResponseAsync("Go.", cancellationToken: Token))
        {
            Assert.DoesNotContain("s", update.Text, StringComparison.Ordinal);
            break;
        }

        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public async Task Cancelled_ThrowsThatAndShowsNothingUndecided()
    {
        using var source = new CancellationTokenSource();
        var stream = Stream("abcd", "sec", "ret").Cancelling(source, after: 2);
        List<string> shown = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Guarded(stream.Client, new GuardrailRule(StubGuardrail.Finding("secret"), GuardrailMode.Redact)).GetStreamingResponseAsync("Go.", cancellationToken: source.Token))
            {
                shown.Add(update.Text);
            }
        });

        Assert.Empty(shown);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(GuardrailMode.Block, false)]
    [InlineData(GuardrailMode.Warn, true)]
    public async Task GuardrailHangs_FollowsOnFailureAfterItsTime(GuardrailMode onFailure, bool passes)
    {
        await using var scene = new ConversationScene();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var guardrail = new StubGuardrail
        {
            LongestMatch = 2,
            Stages = GuardrailStages.Output,
            OnCheck = (_, _) =>
            {
                started.TrySetResult();
                return new(new TaskCompletionSource<GuardrailVerdict>().Task);
            },
        };
        var client = Stream("abcdef").Client.UseGuardrails(scene.Root, options => options.Guardrails.Add(new(guardrail, GuardrailMode.Block) { OnFailure = onFailure, Timeout = TimeSpan.FromSeconds(1) }));

        var reading = client.GetStreamingResponseAsync("Go.", cancellationToken: Token).ToChatResponseAsync(Token);
        await started.Task;
        var ended = reading.ContinueWith(static _ => true, TaskScheduler.Default);
        while (!ended.IsCompleted)
        {
            var change = scene.Clock.TimerChange;
            scene.Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(1));
            await Task.WhenAny(change, ended);
        }

        if (passes)
        {
            Assert.Equal("abcdef", (await reading).Text);
        }
        else
        {
            Assert.True((await Assert.ThrowsAsync<GuardrailException>(() => reading)).Finding.IsFailure);
            Assert.Equal(1, guardrail.Checks);
        }

        Assert.Contains(await scene.EventsAsync(), static item => item.Contains("it did not answer within 00:00:01", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Found_IsToldOnce()
    {
        await using var scene = new ConversationScene();
        var client = Stream("my sec", "ret and ", "secret", "s").Client.UseGuardrails(scene.Root, static options => options.Guardrails.Add(new(StubGuardrail.Finding("secret"), GuardrailMode.Redact)));

        var answer = await client.GetStreamingResponseAsync("Go.", cancellationToken: Token).ToChatResponseAsync(Token);

        Assert.Equal("my [SECRETS] and [SECRETS]s", answer.Text);
        Assert.Equal(["policy_violation c= policy=secrets reason=a secret stage=output mode=redact score=1 hits=2"], await scene.EventsAsync());
    }

    private static ScriptedStream Stream(params string[] texts) => new(texts);

    private static IChatClient Guarded(IChatClient model, params GuardrailRule[] rules) => model.AsBuilder().UseGuardrails(rules).Build();
}
