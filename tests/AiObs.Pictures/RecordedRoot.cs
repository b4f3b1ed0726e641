using AiObs.Events;

namespace AiObs.Pictures;

/// <summary>A root whose costs, budgets and events are part of the picture.</summary>
internal sealed record RecordedRoot(string Label, AgentObservability Root, InMemoryEventSink Sink, bool IsOwned);
