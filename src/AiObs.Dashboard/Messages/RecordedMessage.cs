namespace AiObs.Dashboard.Messages;

/// <summary>A message, as a span has it.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Parts">What it consists of.</param>
/// <param name="FinishReason">Why the model ended it.</param>
internal sealed record RecordedMessage(string Role, IReadOnlyList<MessagePart> Parts, string? FinishReason = null)
{
    /// <summary>Tells whether two messages say the same.</summary>
    public bool Says(RecordedMessage other) => Role == other.Role && Parts.SequenceEqual(other.Parts);
}
