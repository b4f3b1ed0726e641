using System.Text.Json;
using AiObs.Operations.Content;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Reads members of objects that may not have them, or have something else under their name.</summary>
internal static class JsonMembers
{
    /// <summary>Returns a member; <see langword="null"/> where there is none, or it is null.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>Returns a member that is a text.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Returns the items of a member that is a list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Returns a text as it is, and anything else as JSON.</summary>
    public static string AsText(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.AsCompact();

    /// <summary>Returns the JSON of an element without the blanks that some libraries indent theirs with.</summary>
    public static string AsCompact(this JsonElement element) =>
        MessageJson.Write(element, static (writer, element) => element.WriteTo(writer));
}
