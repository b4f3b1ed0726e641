using System.Globalization;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Writes a constant as C# does.</summary>
internal static class LiteralText
{
    public static string Of(object? value, Type type)
    {
        var plainType = Nullable.GetUnderlyingType(type) ?? type;

        return value switch
        {
            null => type.IsValueType && plainType == type ? "default" : "null",
            _ when plainType.IsEnum => $"{TypeName.Of(plainType)}.{Enum.ToObject(plainType, value)}",
            string text => $"\"{text}\"",
            char character => $"'{character}'",
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
    }
}
