using System.Globalization;
using System.Reflection;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Writes the name of a type as C# does, with its namespace.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>The name of a type where it is used, without the nullability of references.</summary>
    public static string Of(Type type) => Of(type, NullableFlags.None);

    /// <summary>The name of a type where it is used.</summary>
    public static string Of(Type type, NullableFlags flags)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, flags);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Of(underlying, flags)}?";
        }

        // The flags come outside first, so this one is taken before those of the parts.
        var mark = HasFlag(type) ? flags.Next() : "";

        return type.IsArray
            ? $"{Of(type.GetElementType()!, flags)}[{new string(',', type.GetArrayRank() - 1)}]{mark}"
            : Name(type, [.. type.GetGenericArguments().Select(argument => Of(argument, flags))]) + mark;
    }

    /// <summary>The name of a type where it is declared, with the names and variance of its parameters.</summary>
    public static string Definition(Type type) => Name(type, [.. type.GetGenericArguments().Select(Variance)]);

    private static bool HasFlag(Type type) => !type.IsValueType || type.IsGenericType || type.IsGenericParameter;

    private static string Variance(Type parameter) =>
        (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => $"out {parameter.Name}",
            GenericParameterAttributes.Contravariant => $"in {parameter.Name}",
            _ => parameter.Name,
        };

    private static string Name(Type type, IReadOnlyList<string> arguments)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        // A nested type carries the arguments of the types around it, before its own.
        var parts = type.Name.Split('`');
        var ownCount = parts.Length == 1 ? 0 : int.Parse(parts[1], CultureInfo.InvariantCulture);
        var outerCount = arguments.Count - ownCount;
        var prefix = type.DeclaringType is { } outer ? $"{Name(outer, [.. arguments.Take(outerCount)])}." : $"{type.Namespace}.";
        var own = ownCount == 0 ? "" : $"<{string.Join(", ", arguments.Skip(outerCount))}>";

        return $"{prefix}{parts[0]}{own}".TrimStart('.');
    }
}
