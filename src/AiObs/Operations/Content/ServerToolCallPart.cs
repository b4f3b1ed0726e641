namespace AiObs.Operations.Content;

/// <summary>A call of a tool that the provider runs itself.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="CallJson">A JSON object whose <c>type</c> says which tool it is.</param>
internal sealed record ServerToolCallPart(string? Id, string Name, string CallJson) : MessagePart
{
    internal override bool IsPortable => false;
}
