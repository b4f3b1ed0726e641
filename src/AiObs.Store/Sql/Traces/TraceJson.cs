using System.Text.Json.Serialization;

namespace AiObs.Store.Sql.Traces;

/// <summary>What of spans and traces stands in their rows as JSON of our own.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Dictionary<TraceFacet, string[]>))]
internal sealed partial class TraceJson : JsonSerializerContext;
