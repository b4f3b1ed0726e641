namespace AiObs.Cost.Ledger;

/// <summary>Estimates how many bytes of memory a record takes while it waits.</summary>
internal static class CostRecordSize
{
    /// <summary>What a record and its receipt take beside their texts and lines.</summary>
    private const int Frame = 1_024;

    private const int Line = 128;

    public static long Of(CostRecord record) =>
        Frame
        + (record.Receipt.Lines.Count * (long)Line)
        + OfText(record.Provider)
        + OfText(record.RequestModel)
        + OfText(record.ResponseModel)
        + OfText(record.ConversationId)
        + OfText(record.UserId)
        + OfText(record.SessionId)
        + record.Tags.Sum(OfText)
        + (record.Metadata?.Sum(static member => OfText(member.Key) + OfText(member.Value)) ?? 0);

    private static long OfText(string? text) => text is null ? 0 : text.Length * (long)sizeof(char);
}
