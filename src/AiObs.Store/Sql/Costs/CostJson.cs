using System.Text.Json.Serialization;
using AiObs.Cost;

namespace AiObs.Store.Sql.Costs;

/// <summary>Writes records as they are stored, with their receipts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(UsageQuantitiesConverter)])]
[JsonSerializable(typeof(CostRecord))]
internal sealed partial class CostJson : JsonSerializerContext;
