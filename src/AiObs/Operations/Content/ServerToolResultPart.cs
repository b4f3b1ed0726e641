namespace AiObs.Operations.Content;

/// <summary>What a tool that the provider ran itself answered.</summary>
/// <param name="Id">The id of the call that it answers.</param>
/// <param name="ResponseJson">A JSON object whose <c>type</c> says which tool it is.</param>
internal sealed record ServerToolResultPart(string? Id, string ResponseJson) : MessagePart
{
    internal override bool IsPortable => false;
}
