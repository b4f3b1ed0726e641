using System.Globalization;

namespace FakeModelServer.Protocols;

/// <summary>Is one request with its reply, and what every writer needs to know about the pair.</summary>
internal sealed record Exchange(ModelRequest Request, ModelReply Reply, long Number, DateTimeOffset Time)
{
    /// <summary>Gets the status of a response that runs in the background, as long as it does.</summary>
    public string? PendingStatus { get; init; }

    public string Model => Reply.Model ?? Request.Model;

    public ModelUsage? Usage => Reply.OmitUsage ? null : Reply.Usage ?? ModelUsage.Estimate(Request, Reply);

    public FinishReason FinishReason =>
        Reply.FinishReason ?? (Reply.ToolCalls.Count > 0 ? FinishReason.ToolCalls : FinishReason.Stop);

    public IReadOnlyList<IReadOnlyList<float>> Vectors =>
        Reply.Embeddings is { Count: > 0 } scripted ? scripted : TextVector.CreateAll(Request);

    /// <summary>Makes an identifier that is the same in every run: the server counts its requests.</summary>
    public string Id(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}fake{Number:D6}");

    public string ItemId(string prefix, int index) => string.Create(CultureInfo.InvariantCulture, $"{Id(prefix)}x{index}");

    public string CallId(string prefix, int index) => Reply.ToolCalls[index].Id ?? ItemId(prefix, index);
}
