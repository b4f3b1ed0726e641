using System.ClientModel.Primitives;
using AiObs.Http.Wire;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Status and headers of a response that the SDK got.</summary>
internal sealed class PipelineHead(PipelineResponse response) : ResponseHead
{
    /// <summary>Gets the response.</summary>
    public PipelineResponse Response => response;

    public override int Status => response.Status;

    public override string Reason => response.ReasonPhrase;

    public override bool IsFailure => IsFailed(response);

    /// <summary>Tells whether a response is a failure: by its status, or because the client takes no other status than the one it waits for.</summary>
    public static bool IsFailed(PipelineResponse response) => response.IsError || response.Status >= 400;

    protected override string? Find(string header) => response.Headers.TryGetValue(header, out var value) ? value : null;
}
