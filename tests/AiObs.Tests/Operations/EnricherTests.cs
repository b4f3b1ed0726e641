using AiObs.Operations;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.Operations;

public sealed class EnricherTests
{
    [Fact]
    public async Task Enrich_Set_SeesTheFinishedOperationAndTheWrittenSpan()
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.Enrich = static (activity, operation) =>
        {
            var call = (ChatOperation)operation;
            activity.SetTag("acme.seen", $"{call.RequestModel} {call.Outcome} {activity.GetTagItem("llm.model_name")}");
        });

        await chat.AskAsync();

        SpanAssert.Attributes(new(ExpectedTags.Both) { ["acme.seen"] = "stub-model Completed stub-model" }, chat.Span);
    }

    [Fact]
    public async Task Enrich_Throws_CostsNothingElseAndIsCountedEachTimeAndLoggedOnce()
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.Enrich = static (_, _) => throw new FormatException("canary"));
        using var metrics = new MetricCollector(chat.Source);

        await chat.AskAsync();
        await chat.AskAsync();

        Assert.All(chat.Spans.Spans, static span => SpanAssert.Attributes(ExpectedTags.Both, span));
        Assert.Equal(["enricher", "enricher"], metrics.Of("aiobs.faults").Select(static fault => fault.Tags["aiobs.part"]));
        Assert.Single(chat.Logs.GetSnapshot());
        Assert.Empty(new CanaryScan("canary").Search(chat.Logs.GetSnapshot()).Hits);
    }
}
