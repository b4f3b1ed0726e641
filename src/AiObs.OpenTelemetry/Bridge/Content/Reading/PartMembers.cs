using System.Text.Json;
using AiObs.Operations.Content;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Takes members out of a part, for the kinds that are kept as they are.</summary>
internal static class PartMembers
{
    /// <summary>Returns an object with all members but the type; <see langword="null"/> when there are none.</summary>
    public static JsonElement? AllBut(JsonElement part, string left) =>
        Where(part, member => !member.NameEquals(left));

    /// <summary>Returns an object with these members; <see langword="null"/> when there are none.</summary>
    public static JsonElement? Select(JsonElement part, params string[] names) =>
        Where(part, member => Array.Exists(names, name => member.NameEquals(name)));

    private static JsonElement? Where(JsonElement part, Func<JsonProperty, bool> isWanted)
    {
        var members = part.EnumerateObject().Where(isWanted).ToList();
        return members.Count == 0 ? null : JsonElement.Parse(MessageJson.Write(members, static (writer, members) =>
        {
            writer.WriteStartObject();
            foreach (var member in members)
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }));
    }
}
