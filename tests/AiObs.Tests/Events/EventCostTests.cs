using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Events;

public sealed class EventCostTests
{
    /// <summary>The lists of what is collected grow now and then.</summary>
    private const int Noise = 32;

    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Hi")];

    [Fact]
    public void NoSink_CallWithNothingListening_IsTheInnerTask()
    {
        using var root = AgentObservability.Create();
        using var inner = new FixedChatClient(Calls.Answer);
        using var client = inner.UseAgentObservability(root);

        var bytes = AllocationMeter.BytesPerRun(() => Assert.Same(inner.Response, client.GetResponseAsync(Question)));

        Assert.Equal(0, bytes);
    }

    [Fact]
    public async Task NoSink_ObservedCall_AllocatesNoMoreThanBeforeTheFirstSink()
    {
        await using var root = new EventRoot();
        using var client = new FixedChatClient(Calls.Answer).UseAgentObservability(root.Root);
        var before = BytesOf(client);
        await root.Events.AddSink(new StubEventSink()).DisposeAsync();

        Assert.InRange(BytesOf(client), 0, before + Noise);
    }

    [Fact]
    public async Task Sink_ThatWantsOtherTypes_CostsACallNoAllocation()
    {
        await using var root = new EventRoot();
        using var client = new FixedChatClient(Calls.Answer).UseAgentObservability(root.Root);
        var before = BytesOf(client);
        root.AddSink(o => o.Types.Add("other"));

        Assert.InRange(BytesOf(client), 0, before + Noise);
    }

    private static double BytesOf(IChatClient client) =>
        AllocationMeter.BytesPerRun(() => new ValueTask(client.GetResponseAsync(Question)), runs: 300);
}
