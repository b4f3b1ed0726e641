using AiObs.TestSupport.Otlp.Wire;
using Google.Protobuf;

namespace AiObs.TestSupport.Otlp;

/// <summary>Turns the building blocks that all signals share into .NET values.</summary>
internal static class WireValues
{
    private const long NanosecondsPerTick = 100;

    public static IReadOnlyDictionary<string, object?> Attributes(IEnumerable<WireAttribute> attributes)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            if (!result.TryAdd(attribute.Key, Value(attribute.Value)))
            {
                throw new InvalidDataException($"The attribute '{attribute.Key}' is there twice.");
            }
        }

        return result;
    }

    public static object? Value(WireValue? value) => value?.ValueCase switch
    {
        WireValue.ValueOneofCase.Text => value.Text,
        WireValue.ValueOneofCase.Flag => value.Flag,
        WireValue.ValueOneofCase.Whole => value.Whole,
        WireValue.ValueOneofCase.Real => value.Real,
        WireValue.ValueOneofCase.List => List([.. value.List.Values.Select(Value)]),
        WireValue.ValueOneofCase.Map => Attributes(value.Map.Values),
        WireValue.ValueOneofCase.Raw => value.Raw.ToByteArray(),
        _ => null,
    };

    public static ReceivedScope Scope(WireScope? scope, string schemaUrl, WireResource? resource) => new(
        scope?.Name ?? "",
        scope?.Version ?? "",
        schemaUrl,
        Attributes(scope?.Attributes ?? []),
        Attributes(resource?.Attributes ?? []));

    public static string? Id(ByteString id) => id.IsEmpty ? null : Convert.ToHexStringLower(id.Span);

    public static DateTimeOffset Time(ulong unixNanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)unixNanoseconds / NanosecondsPerTick);

    private static object List(object?[] items) => items switch
    {
        [string, ..] when items.All(item => item is string) => items.Cast<string>().ToArray(),
        [long, ..] when items.All(item => item is long) => items.Cast<long>().ToArray(),
        [double, ..] when items.All(item => item is double) => items.Cast<double>().ToArray(),
        [bool, ..] when items.All(item => item is bool) => items.Cast<bool>().ToArray(),
        _ => items,
    };
}
