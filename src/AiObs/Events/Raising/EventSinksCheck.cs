using System.Globalization;

namespace AiObs.Events.Raising;

/// <summary>Finds sinks that do not take events, those of event logs among them, and events that were lost.</summary>
internal sealed class EventSinksCheck(AgentEvents events) : IDoctorCheck
{
    private const string SinkFails = "AIOBS030";
    private const string EventsLost = "AIOBS031";

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) =>
        new([.. events.GetSinks().SelectMany(static sink => FindIn(sink))]);

    private static IEnumerable<DoctorFinding> FindIn(EventSinkStatus sink)
    {
        var name = LogText.Name(sink.Name);
        if (sink.State is EventSinkState.Retrying or EventSinkState.Broken or EventSinkState.Hung)
        {
            yield return new(
                SinkFails,
                sink.State == EventSinkState.Retrying ? DoctorSeverity.Warning : DoctorSeverity.Error,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Event sink {name} is {sink.State.ToString().ToLowerInvariant()} after {sink.Failures} failures, last {sink.LastErrorType ?? "none"}; {sink.Queued} of {sink.Capacity} events wait."),
                "What the sink writes to is away, refuses events or does not answer. They wait, and are lost once the queue is full.",
                "Check what the sink writes to; the application's log has the first failure.");
        }

        if (sink.Drops is { Total: > 0 } drops)
        {
            yield return new(
                EventsLost,
                DoctorSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"Event sink {name} has lost {drops.Total} events since it was added: {drops.Describe()}."),
                "Events come faster than the sink takes them, it was away for too long, or it refused some.",
                "AddEventSink<…>(o => o.QueueCapacity = …), or o.Delivery = EventDelivery.Durable where none may be missing");
        }
    }
}
