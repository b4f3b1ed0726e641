using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace AiObs.Operations.Content;

/// <summary>Writes values of the application's own types as JSON, whatever they are; <see cref="ValueWriter"/> has the limits.</summary>
internal static class ValueJson
{
    private static readonly ConditionalWeakTable<JsonConverter, JsonSerializerOptions> OptionsOfConverters = [];

    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>Gets a value indicating whether members without a value are left out.</summary>
    public static bool LeavesOutNull => Options.DefaultIgnoreCondition != JsonIgnoreCondition.Never;

    /// <summary>Writes a value; one that cannot be written becomes a JSON string that names its type.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="clock">By which it is read for so long and no longer; that of the system, unless given.</param>
    public static string Write(object? value, TimeProvider? clock = null)
    {
        var writer = new ValueWriter(clock ?? TimeProvider.System);
        writer.Write(value, depth: 0);
        return writer.End();
    }

    /// <summary>Writes an object member by member, so that one value that cannot be written does not cost the others.</summary>
    public static string WriteObject(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var writer = new ValueWriter(TimeProvider.System);
        writer.WriteMembers(members, depth: 0);
        return writer.End();
    }

    /// <summary>Finds what is known of how a type is written; <see langword="null"/> where that is nothing.</summary>
    public static JsonTypeInfo? FindInfo(Type type, JsonConverter? converter = null)
    {
        var options = converter is null ? Options : OptionsOfConverters.GetValue(converter, static own => new(Options) { Converters = { own } });
        return options.TryGetTypeInfo(type, out var info) ? info : null;
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions)
        {
            WriteIndented = false,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            MaxDepth = ValueWriter.MaxDepth,
        };
        options.TypeInfoResolverChain.Add(PlainTypes.Default);
        return options;
    }
}
