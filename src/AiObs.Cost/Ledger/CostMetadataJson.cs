using System.Text.Json.Serialization;

namespace AiObs.Cost.Ledger;

/// <summary>Writes the metadata of a record in one column.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class CostMetadataJson : JsonSerializerContext;
