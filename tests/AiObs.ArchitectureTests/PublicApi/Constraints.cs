using System.Reflection;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Prints what type arguments must be.</summary>
internal static class Constraints
{
    public static string Of(IEnumerable<Type> arguments) =>
        string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Of));

    private static string Of(Type parameter)
    {
        var constraints = string.Join(", ", Words(parameter));

        return constraints.Length == 0 ? "" : $" where {parameter.Name} : {constraints}";
    }

    private static IEnumerable<string> Words(Type parameter)
    {
        var flags = parameter.GenericParameterAttributes;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct)
        {
            yield return IsUnmanaged(parameter) ? "unmanaged" : "struct";
        }
        else if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return $"class{NullableFlags.Of(parameter).Next()}";
        }
        else if (parameter.GetGenericParameterConstraints().Length == 0 && NullableFlags.Of(parameter).NextIsNotNull())
        {
            yield return "notnull";
        }

        foreach (var type in parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)))
        {
            yield return TypeName.Of(type);
        }

        if (!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            yield return "new()";
        }

        if (flags.HasFlag(GenericParameterAttributes.AllowByRefLike))
        {
            yield return "allows ref struct";
        }
    }

    private static bool IsUnmanaged(Type parameter) =>
        parameter.CustomAttributes.Any(data => data.AttributeType.Name == "IsUnmanagedAttribute");
}
