using System.Text.Json.Serialization;

namespace FakeModelServer;

/// <summary>Describes what the model answers, the same for every protocol.</summary>
public sealed record ModelReply
{
    /// <summary>Gets the text, in the pieces in which a stream sends it.</summary>
    /// <value>The default is empty. A script may give one string instead of an array.</value>
    [JsonConverter(typeof(Hosting.PiecesConverter))]
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Gets the reasoning that goes before the text, in the pieces in which a stream sends it.</summary>
    /// <value>The default is empty. A script may give one string instead of an array.</value>
    [JsonConverter(typeof(Hosting.PiecesConverter))]
    public IReadOnlyList<string> Reasoning { get; init; } = [];

    /// <summary>Gets the signature (Anthropic) or the encrypted content (responses) of the reasoning.</summary>
    /// <value>The default is null: Anthropic's protocol, which demands one, gets a made-up signature.</value>
    public string? ReasoningSignature { get; init; }

    /// <summary>Gets the tool calls, which go after the text.</summary>
    public IReadOnlyList<ModelToolCall> ToolCalls { get; init; } = [];

    /// <summary>Gets the vectors that answer an embeddings request.</summary>
    /// <value>The default is empty: each text gets a vector made from its characters.</value>
    public IReadOnlyList<IReadOnlyList<float>> Embeddings { get; init; } = [];

    /// <summary>Gets the tokens that the reply reports.</summary>
    /// <value>The default is null: numbers estimated from the texts.</value>
    public ModelUsage? Usage { get; init; }

    /// <summary>Gets a value indicating whether the reply reports no usage at all.</summary>
    /// <remarks>Anthropic's SDK refuses a message without usage; there, only a stream that is cut ends without it.</remarks>
    public bool OmitUsage { get; init; }

    /// <summary>Gets the reason why the reply ends.</summary>
    /// <value>The default is null: tool calls if there are any, otherwise stop.</value>
    public FinishReason? FinishReason { get; init; }

    /// <summary>Gets the status with which a response ends, such as <c>failed</c>; only OpenAI's responses have one.</summary>
    /// <value>The default is null: the one that belongs to the finish reason. Another one comes without a reason.</value>
    public string? ResponseStatus { get; init; }

    /// <summary>Gets how often a response that runs in the background is still under way when it is asked for.</summary>
    /// <value>The default is 0: it is done when it is first asked for.</value>
    public int PendingPolls { get; init; }

    /// <summary>Gets the model that served the call.</summary>
    /// <value>The default is null: the one that was asked for.</value>
    public string? Model { get; init; }

    /// <summary>Gets the failure that takes the place of the reply, or of the rest of its stream.</summary>
    /// <value>The default is null: no failure.</value>
    public ModelError? Error { get; init; }

    /// <summary>Gets how long the server waits before it answers.</summary>
    /// <value>The default is zero.</value>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets how long a stream waits before each content piece.</summary>
    /// <value>The default is zero.</value>
    public TimeSpan PieceDelay { get; init; }

    /// <summary>Gets after how many content pieces the connection is cut.</summary>
    /// <value>
    /// The default is null: never. Text, reasoning and argument pieces count; events that frame them do not. With 0 the connection is cut
    /// after the headers. Without a stream any number cuts it in the middle of the body.
    /// </value>
    public int? CutAfterPieces { get; init; }

    /// <summary>Gets a callback that a stream awaits before each content piece; it gets the index of the piece.</summary>
    /// <value>The default is null. It lets a test hold a stream until it has seen what came before.</value>
    [JsonIgnore]
    public Func<int, CancellationToken, Task>? BeforePiece { get; init; }

    internal IEnumerable<string> ContentPieces =>
        Reasoning.Concat(Text).Concat(ToolCalls.SelectMany(call => call.Arguments));

    /// <summary>Makes a reply that says something.</summary>
    /// <param name="pieces">The text, in the pieces in which a stream sends it.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Say(params IReadOnlyList<string> pieces) => new() { Text = pieces };

    /// <summary>Makes a reply that asks for one tool call.</summary>
    /// <param name="tool">The name of the tool.</param>
    /// <param name="arguments">The arguments as JSON text, in the pieces in which a stream sends them.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Call(string tool, params IReadOnlyList<string> arguments) =>
        new() { ToolCalls = [new ModelToolCall { Name = tool, Arguments = arguments }] };

    /// <summary>Makes a reply that fails.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="retryAfterSeconds">The seconds to announce in the <c>retry-after</c> header, or null for none.</param>
    /// <returns>The reply.</returns>
    public static ModelReply Fail(int status, int? retryAfterSeconds = null) =>
        new() { Error = new ModelError { Status = status, RetryAfterSeconds = retryAfterSeconds } };
}
