namespace AiObs.Operations.Content;

/// <summary>A part of a kind that the message schema has no name for: an error, a vector store, an approval, a kind of somebody else's.</summary>
/// <param name="Type">The kind, in snake case.</param>
/// <param name="MembersJson">A JSON object with the part's members, without its <c>type</c>.</param>
internal sealed record OtherPart(string Type, string MembersJson) : MessagePart
{
    internal override bool IsPortable => false;
}
