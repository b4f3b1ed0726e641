using System.Reflection;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>
/// A public method that returns a task or an asynchronous sequence takes a CancellationToken as its last parameter, so that a caller
/// can always stop waiting.
/// </summary>
/// <remarks>
/// Exempt: overrides and implementations of interfaces, whose shape somebody else decided (DisposeAsync is one); and methods that run
/// asynchronous code of the caller's in which no token is expected, as that code carries the caller's own token already.
/// </remarks>
internal static class AsyncTokens
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Type[] Awaited = [typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    public static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        from type in types
        where type.IsVisible && !type.IsSubclassOf(typeof(Delegate))
        from method in type.GetMethods(Declared)
        where !method.IsSpecialName && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        where IsAsync(method.ReturnType) && !EndsInToken(method)
        where !IsDictated(method) && !method.GetParameters().Any(RunsCodeWithoutToken)
        select $"{type}.{method.Name} does not end in a CancellationToken.";

    private static bool IsAsync(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask) || (type.IsGenericType && Awaited.Contains(type.GetGenericTypeDefinition()));

    private static bool EndsInToken(MethodInfo method) =>
        method.GetParameters().LastOrDefault()?.ParameterType == typeof(CancellationToken);

    private static bool IsDictated(MethodInfo method) =>
        method.GetBaseDefinition() != method || ImplementsInterface(method, method.DeclaringType!);

    private static bool ImplementsInterface(MethodInfo method, Type type) =>
        !type.IsInterface && type.GetInterfaces().Any(implemented => type.GetInterfaceMap(implemented).TargetMethods.Contains(method));

    private static bool RunsCodeWithoutToken(ParameterInfo parameter) =>
        parameter.ParameterType.IsSubclassOf(typeof(Delegate))
        && parameter.ParameterType.GetMethod("Invoke") is { } code
        && IsAsync(code.ReturnType)
        && !EndsInToken(code);
}
