using System.Reflection;
using AiObs.Events;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>There is one way from anything that happens to a sink, and it leads through the gate that redacts.</summary>
public sealed class EventPathTests
{
    private const string Delivery = "AiObs.Events.Delivery.";

    [Theory]
    [InlineData("EventDispatcher", "Post", "EventGate")]
    [InlineData("SinkChannel", "Post", "EventDispatcher")]
    [InlineData("SinkQueue", "Add", "SinkChannel")]
    [InlineData("EventBatch", "Add", "SinkWorker")]
    [InlineData("SinkWriter", "WriteAsync", "RefusedEvents", "SinkWorker")]
    public void Step_OfTheWay_IsTakenByTheOneBeforeAlone(string type, string method, params string[] callers) => Assert.Equal(
        callers.ToHashSet(),
        typeof(AgentEvent).Assembly.GetType(Delivery + type, throwOnError: true)!
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(candidate => candidate.Name == method)
            .SelectMany(Callers.Of)
            .ToHashSet());

    [Fact]
    public void Sinks_OfAllKinds_AreWrittenToByTheWriterAlone() => Assert.Equal(
        new HashSet<string> { "SinkWriter" }, Callers.Of(typeof(IAgentEventSink).GetMethod(nameof(IAgentEventSink.WriteAsync))!));

    [Fact]
    public void Events_ThatTellOfOperations_AreMadeByTheGate() => Assert.Equal(
        new HashSet<string> { "AgentEventJson", "EventGate", "EventIntake", "LogEvents" },
        Callers.OfConstructor(typeof(AgentEvent)));
}
