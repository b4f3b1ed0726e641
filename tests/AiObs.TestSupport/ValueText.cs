using System.Collections;
using System.Globalization;

namespace AiObs.TestSupport;

/// <summary>Writes a value together with its CLR type, so that equal texts mean equal values of equal types.</summary>
internal static class ValueText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        AnyValue any => $"{TypeName(any.Type)} (any)",
        string text => $"string {Quote(text)}",
        IEnumerable items => $"{TypeName(value.GetType())} [{string.Join(", ", items.Cast<object?>().Select(Element))}]",
        _ => $"{TypeName(value.GetType())} {Plain(value)}",
    };

    private static string Element(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        KeyValuePair<string, object?> pair => $"{pair.Key}: {Of(pair.Value)}",
        _ => Plain(value),
    };

    private static string Plain(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quote(string text)
    {
        var escaped = text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

        return $"\"{escaped.ReplaceLineEndings(@"\n")}\"";
    }

    private static string TypeName(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "string",
        TypeCode.Boolean => "bool",
        TypeCode.Int32 when !type.IsEnum => "int",
        TypeCode.Int64 when !type.IsEnum => "long",
        TypeCode.Double => "double",
        TypeCode.Decimal => "decimal",
        TypeCode.Object when type.IsArray => $"{TypeName(type.GetElementType()!)}[]",
        _ => type.Name,
    };
}
