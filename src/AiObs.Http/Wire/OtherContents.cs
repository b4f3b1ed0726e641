using System.Text.Json;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Recording;

namespace AiObs.Http.Wire;

/// <summary>Makes content of kinds that chat clients have no class for.</summary>
internal static class OtherContents
{
    /// <summary>Makes content of a kind, with the members that are known.</summary>
    public static OtherContent Of(string type, params (string Name, string? Value)[] members)
    {
        List<(string, RecordedValue)> known =
            [.. members.Where(static member => member.Value is not null).Select(static member => (member.Name, RecordedValue.Plain(member.Value!)))];
        return new OtherContent(type, known.Count == 0 ? null : JsonElement.Parse(MessageJson.WriteMembers(type: null, known)));
    }
}
