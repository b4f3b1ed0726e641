using System.Reflection;
using AiObs.Events;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>There is one way from anything that happens to a sink, and it leads through the gate that redacts.</summary>
public sealed class EventPathTests
{
    [Theory]
    [InlineData("Events.EventDispatcher", "Post", "EventGate")]
    [InlineData("Events.EventSinkChannel", "Post", "EventDispatcher")]
    [InlineData("Delivery.DeliveryChannel`1", "Add", "CostWriter", "EventSinkChannel", "TraceWriter")]
    [InlineData("Delivery.DeliveryQueue`1", "Add", "DeliveryChannel`1")]
    [InlineData("Delivery.DeliveryBatch`1", "Add", "DeliveryWorker`1")]
    [InlineData("Delivery.DeliveryWriter`1", "WriteAsync", "DeliveryWorker`1", "RefusedItems`1")]
    public void Step_OfTheWay_IsTakenByTheOneBeforeAlone(string type, string method, params string[] callers) => Assert.Equal(
        callers.ToHashSet(),
        typeof(AgentEvent).Assembly.GetType("AiObs." + type, throwOnError: true)!
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(candidate => candidate.Name == method)
            .SelectMany(Callers.Of)
            .ToHashSet());

    [Fact]
    public void Sinks_OfAllKinds_AreWrittenToByTheirTargetAlone() => Assert.Equal(
        new HashSet<string> { "EventSinkTarget" }, Callers.Of(typeof(IAgentEventSink).GetMethod(nameof(IAgentEventSink.WriteAsync))!));

    [Fact]
    public void Events_ThatTellOfOperations_AreMadeByTheGate() => Assert.Equal(
        new HashSet<string> { "AgentEventJson", "EventGate", "EventIntake", "LogEvents" },
        Callers.OfConstructor(typeof(AgentEvent)));
}
