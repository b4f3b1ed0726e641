using AiObs.Store;

namespace AiObs.Dashboard.Messages;

/// <summary>A model call in a transcript.</summary>
/// <param name="Span">Its span.</param>
/// <param name="New">What it was told that no earlier call of the same agent was.</param>
/// <param name="Output">What it said.</param>
internal sealed record Turn(SpanRecord Span, IReadOnlyList<RecordedMessage> New, IReadOnlyList<RecordedMessage> Output);
