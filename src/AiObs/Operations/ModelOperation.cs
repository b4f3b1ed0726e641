namespace AiObs.Operations;

/// <summary>A call of a model: a chat or an embedding request.</summary>
public abstract class ModelOperation : AgentOperation
{
    private protected ModelOperation(OperationKind kind, ModelEndpoint endpoint, string? requestModel)
        : base(kind)
    {
        Endpoint = endpoint;
        RequestModel = requestModel;
        Name = requestModel;
    }

    /// <summary>Gets who serves the model and where.</summary>
    public ModelEndpoint Endpoint { get; }

    /// <summary>Gets the model that was asked for; <see langword="null"/> when the client decides.</summary>
    public string? RequestModel { get; }

    /// <summary>Gets the model that answered; <see langword="null"/> until, or unless, it is known.</summary>
    public string? ResponseModel { get; internal set; }

    /// <summary>Gets the tokens used, with inclusive totals; <see langword="null"/> when the provider did not say.</summary>
    public TokenUsage? Usage { get; internal set; }

    /// <summary>Gets or sets what tells the request from others: the last message of a chat, or the list of values to embed. Stacked decorators pass it on as it is.</summary>
    internal object? RequestIdentity { get; set; }
}
