namespace AiObs.Conversations.Memory.Summaries;

/// <summary>A summary, and how many groups it covers, from the first one on.</summary>
internal sealed record WrittenSummary(int Groups, string Text, string Reason)
{
    public static WrittenSummary None { get; } = new(0, "", "");
}
