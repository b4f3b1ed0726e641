using System.Text.Json;
using System.Text.Json.Serialization;
using AiObs.Cost;

namespace AiObs.Store.Sql.Costs;

/// <summary>Writes records as they are stored, with their receipts and without what can be erased.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(UsageQuantitiesConverter)])]
[JsonSerializable(typeof(CostRecord))]
internal sealed partial class CostJson : JsonSerializerContext
{
    public static string Write(CostRecord record) =>
        JsonSerializer.Serialize(record with { ConversationId = null, UserId = null, SessionId = null }, Default.CostRecord);

    /// <exception cref="JsonException">The text is no record.</exception>
    public static CostRecord Read(string json, CostIds ids) => (JsonSerializer.Deserialize(json, Default.CostRecord) ?? throw new JsonException("The record is null.")) with
    {
        ConversationId = ids.Conversation,
        UserId = ids.User,
        SessionId = ids.Session,
    };
}
