namespace AiObs.Dashboard.Messages;

/// <summary>What a model call was told and what it said.</summary>
/// <param name="Input">The messages that went to the model, the instructions first.</param>
/// <param name="Output">Those that came from it.</param>
internal sealed record CallMessages(IReadOnlyList<RecordedMessage> Input, IReadOnlyList<RecordedMessage> Output)
{
    public static CallMessages None { get; } = new([], []);
}
