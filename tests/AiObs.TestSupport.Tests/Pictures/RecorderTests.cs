using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Pictures;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.TestSupport.Tests.Pictures;

public sealed class RecorderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DrawAsync_ObservedCall_IsTheApprovedPicture()
    {
        using var recorder = new Recorder();
        await AskAsync(recorder);

        var picture = new Picture().Add("answered", await recorder.DrawAsync(Token));

        Approval.Beside().Approve("ObservedCall", picture.ToString());
    }

    [Fact]
    public async Task DrawAsync_ManyAtOnce_AreAllTheSame()
    {
        var pictures = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            async () =>
            {
                using var recorder = new Recorder();
                await AskAsync(recorder);

                return await recorder.DrawAsync(Token);
            },
            Token)));

        Assert.Single(pictures.Distinct());
    }

    [Fact]
    public async Task DrawAsync_SharedSource_ShowsOnlyWhatTheRunDid()
    {
        var name = $"shared-{Guid.NewGuid():N}";
        using var source = new ActivitySource(name);
        using var meter = new Meter(name);
        var counter = meter.CreateCounter<long>("shared.count");
        using var recorder = new Recorder(name);
        using var other = new Recorder(name);

        await recorder.RunAsync(() => Work(source, counter, "mine"));
        await other.RunAsync(() => Work(source, counter, "theirs"));
        await Work(source, counter, "nobody's");

        var picture = await recorder.DrawAsync(Token);
        Assert.Contains("* mine (Internal) #s1 in #t1 from ", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody's", picture, StringComparison.Ordinal);
        Assert.Contains("shared.count (Counter of long, unit none): count 1, sum 1", picture, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrawAsync_SpanOfEveryKindOfValue_TellsTheTypesApart()
    {
        using var recorder = new Recorder();
        using var source = new ActivitySource(recorder.NewSource("other"));
        using (var span = source.StartActivity("values"))
        {
            span!.SetTag("text", "a\"b\nc").SetTag("long", 1L).SetTag("int", 1).SetTag("double", 1.0).SetTag("bool", true);
            span.SetTag("texts", (string[])["1", "2"]).SetTag("longs", (long[])[1, 2]).SetTag("call.duration", 12.5).SetTag("none", "1");
        }

        var picture = await recorder.DrawAsync(Token);

        Assert.Equal(
            """
            spans
              * values (Internal) #s1 in #t1 from other
                status Unset
                bool: bool true
                call.duration: double <time>
                double: double 1
                int: int 1
                long: long 1
                longs: long[] [1, 2]
                none: "1"
                text: "a"b\nc"
                texts: string[] ["1", "2"]
            """.ReplaceLineEndings("\n"),
            picture);
    }

    [Fact]
    public async Task DrawAsync_IdsPortsAndTimes_AreTokensThatKeepRelations()
    {
        using var recorder = new Recorder();
        var id = Guid.NewGuid();

        await recorder.RunAsync(() =>
        {
            recorder.NoteLine($"id {id} is {id:N}, not {Guid.NewGuid()}; at {DateTimeOffset.UtcNow:O} on localhost:41234, not localhost:8080");
            return Task.CompletedTask;
        });

        var picture = await recorder.DrawAsync(Token);
        Assert.Equal("caller\n  id #1 is #1, not #2; at #time on localhost:#p1, not localhost:8080", picture);
    }

    [Fact]
    public async Task DrawAsync_SpanThatGoesOn_SaysThatItNeverEnded()
    {
        using var recorder = new Recorder();
        using var source = new ActivitySource(recorder.NewSource("other"));
        using var span = source.StartActivity("open");

        var picture = await recorder.DrawAsync(Token);

        Assert.Contains("* open (Internal) #s1 in #t1 from other NEVER ENDED", picture, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_ReaderLeaves_NotesWhatItGot()
    {
        using var recorder = new Recorder();
        using var model = new StubChatClient();

        await recorder.StreamAsync(() => model.GetStreamingResponseAsync("Hi", cancellationToken: Token), leavesAt: static _ => true);

        Assert.Equal("caller\n  update assistant: [\"Hel\"]\n  left", await recorder.DrawAsync(Token));
    }

    [Fact]
    public async Task CallAsync_CallFails_NotesTheException()
    {
        using var recorder = new Recorder();

        await recorder.CallAsync(() => Task.FromException<ChatResponse>(new InvalidOperationException("broken")));

        Assert.Equal("caller\n  System.InvalidOperationException: \"broken\"", await recorder.DrawAsync(Token));
    }

    [Fact]
    public async Task DrawAsync_OnlySomeParts_DrawsThese()
    {
        using var recorder = new Recorder();
        await AskAsync(recorder);

        var picture = await recorder.DrawAsync(Token, PictureParts.Caller | PictureParts.Budgets);

        Assert.Equal(["caller", "budgets"], picture.Split('\n').Where(line => line[0] != ' '));
    }

    [Fact]
    public async Task DrawAsync_InBrief_LeavesOutWhatSaysNothingOfOutcomeAndCost()
    {
        using var recorder = new Recorder();
        await AskAsync(recorder);

        var picture = await recorder.DrawAsync(Token, inBrief: PictureParts.All);

        Assert.Contains("    gen_ai.usage.input_tokens: long 10\n", picture, StringComparison.Ordinal);
        Assert.Contains("  gen_ai.client.token.usage: count 2, sum 12", picture, StringComparison.Ordinal);
        Assert.Contains("    {amount=decimal 0.00006}\n", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("llm.", picture, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrawAsync_RootOfAClient_IsShownUnderItsLabelOnceItIsAttached()
    {
        using var recorder = new Recorder();
        using var model = new StubChatClient();
        var source = recorder.NewSource("client's root");
        using var client = model.UseAgentObservability(options => options.SourceName = source);
        recorder.Attach(client.GetService<AgentObservability>()!, "client's root");

        await recorder.CallAsync(() => client.GetResponseAsync("Hi", cancellationToken: Token));

        var picture = await recorder.DrawAsync(Token);
        Assert.Contains("* chat stub-model (Client) #s1 in #t1 from client's root", picture, StringComparison.Ordinal);
        Assert.Contains("\nevents of client's root\n  message_sent #1, span #s1 in #t1", picture, StringComparison.Ordinal);
    }

    private static Task Work(ActivitySource source, Counter<long> counter, string name)
    {
        source.StartActivity(name)?.Dispose();
        counter.Add(1);

        return Task.CompletedTask;
    }

    private static async Task AskAsync(Recorder recorder)
    {
        var root = recorder.CreateRoot(builder => builder.AddCostTracking(costs =>
        {
            costs.Pricing.Prices.Add(new() { Model = "stub-model", Rates = { ["input_mtok"] = 3, ["output_mtok"] = 15 } });
            costs.Budgets.Add(new() { Name = "all", Limit = 1 });
        }));
        using var model = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hello."))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 10, OutputTokenCount = 2, TotalTokenCount = 12 },
        });
        using var client = model.UseAgentObservability(root);

        await recorder.CallAsync(() => client.GetResponseAsync("Hi", cancellationToken: Token));
    }
}
