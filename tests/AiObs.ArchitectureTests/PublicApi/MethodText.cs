using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Prints constructors and methods.</summary>
internal static class MethodText
{
    public static string? Of(ConstructorInfo constructor) => constructor.IsStatic || Access.Of(constructor) is not { } access
        ? null
        : $"{access}.ctor{Parameters(constructor)}";

    public static string? Of(MethodInfo method) => IsAccessor(method) || Access.Of(method) is not { } access
        ? null
        : $"{access}{Modifiers(method)}{Signature(method, Name(method))}";

    public static string Signature(MethodInfo method, string name) =>
        $"{Return(method.ReturnParameter)} {name}{Parameters(method)}{Constraints.Of(method.GetGenericArguments())}";

    public static string Modifiers(MethodInfo method)
    {
        var polymorphism = method switch
        {
            { IsAbstract: true, DeclaringType.IsInterface: true, IsStatic: false } => "",
            { IsAbstract: true } when IsOverride(method) => "abstract override ",
            { IsAbstract: true } => "abstract ",
            { IsFinal: true } when IsOverride(method) => "sealed override ",
            _ when IsOverride(method) => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };

        return (method.IsStatic ? "static " : "") + polymorphism;
    }

    // An override with a narrower return type is a new slot to reflection.
    private static bool IsOverride(MethodInfo method) =>
        method.GetBaseDefinition() != method || method.IsDefined(typeof(PreserveBaseOverridesAttribute));

    private static string Name(MethodInfo method) => method.IsGenericMethod
        ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
        : method.Name;

    private static string Return(ParameterInfo result)
    {
        var reference = result.ParameterType.IsByRef ? result.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref " : "";

        return reference + TypeName.Of(result.ParameterType, NullableFlags.Of(result));
    }

    private static string Parameters(MethodBase method)
    {
        var extended = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";

        return $"({extended}{string.Join(", ", method.GetParameters().Select(ParameterText.Of))})";
    }

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
