using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Tells whether calls are the same, whatever the order of members.</summary>
internal static class ToolCallKey
{
    /// <summary>Returns the arguments of a call as they are sent.</summary>
    public static JsonObject ArgumentsOf(FunctionCallContent call) =>
        JsonSerializer.SerializeToNode(call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>))) as JsonObject ?? [];

    public static string Of(string name, JsonObject arguments) => $"{name}\n{Sort(arguments)!.ToJsonString()}";

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
