using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>What events say of a model call, as it stands at one moment.</summary>
/// <remarks>Apart from the operation, so that an event that waits for its sink keeps neither the span nor what was said.</remarks>
internal sealed class CallFacts
{
    /// <summary>What the list of facts takes beside its texts.</summary>
    private const int Listed = 1_024;

    public CallFacts(ModelOperation model)
    {
        Kind = model.Kind;
        Provider = model.Endpoint.Provider;
        RequestModel = model.RequestModel;
        ResponseModel = model.ResponseModel;
        Outcome = model.Outcome;
        Duration = model.Duration;
        Usage = model.Usage;
        ErrorType = model.Error?.Type;
        ExceptionType = model.Error?.ExceptionType;
        Cost = model.Cost;
        if (model is ChatOperation chat)
        {
            IsStreaming = chat.IsStreaming;
            FinishReason = chat.FinishReason;
            ResponseId = chat.ResponseId;
            TimeToFirstChunk = chat.TimeToFirstChunk;
            Chunks = chat.IsAdopted ? null : chat.ChunkCount;
            Messages = chat.MessageCount > 0 || !chat.IsAdopted ? chat.MessageCount : null;
            NewUserMessages = chat.NewUserMessageCount;
        }
        else
        {
            Embeddings = (model as EmbeddingOperation)?.Count;
            Inputs = (model as EmbeddingOperation)?.InputCount;
        }
    }

    /// <summary>Gets about how many bytes of memory they take, listed or not.</summary>
    public long Size => Listed
        + EventSize.OfText(Provider)
        + EventSize.OfText(RequestModel)
        + EventSize.OfText(ResponseModel)
        + EventSize.OfText(ErrorType)
        + EventSize.OfText(ExceptionType)
        + EventSize.OfText(FinishReason)
        + EventSize.OfText(ResponseId);

    public OperationKind Kind { get; }

    public string? Provider { get; }

    public string? RequestModel { get; }

    public string? ResponseModel { get; }

    public OperationOutcome Outcome { get; }

    public TimeSpan Duration { get; }

    public TokenUsage? Usage { get; }

    public string? ErrorType { get; }

    public string? ExceptionType { get; }

    public CallCost? Cost { get; }

    public bool IsStreaming { get; }

    public string? FinishReason { get; }

    public string? ResponseId { get; }

    public TimeSpan? TimeToFirstChunk { get; }

    /// <summary>Gets how many updates a stream had; <see langword="null"/> where nobody here counted them.</summary>
    public int? Chunks { get; }

    /// <summary>Gets how long the history is; <see langword="null"/> where that is not known.</summary>
    public int? Messages { get; }

    public int NewUserMessages { get; }

    public int? Embeddings { get; }

    /// <summary>Gets how many inputs an embedding request had.</summary>
    public int? Inputs { get; }
}
