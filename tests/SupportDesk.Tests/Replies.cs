using FakeModelServer;

namespace SupportDesk.Tests;

/// <summary>What the model says in these tests.</summary>
internal static class Replies
{
    /// <summary>1,000 tokens in and 100 out, which cost $0.0045 with claude-sonnet-4-5.</summary>
    private static readonly ModelUsage Usage = new() { InputTokens = 1_000, OutputTokens = 100 };

    public static ModelReply Say(params IReadOnlyList<string> pieces) => ModelReply.Say(pieces) with { Usage = Usage };

    public static ModelReply Call(string tool, string arguments) =>
        new() { ToolCalls = [new ModelToolCall { Id = "call-1", Name = tool, Arguments = [arguments] }], Usage = Usage };

    /// <summary>Says the first piece, then nothing more until the caller goes away.</summary>
    public static ModelReply SayAndGoSilent() => Say("One ", "moment.") with
    {
        BeforePiece = static (piece, cancellationToken) => piece == 0 ? Task.CompletedTask : new TaskCompletionSource().Task.WaitAsync(cancellationToken),
    };
}
