using System.Reflection;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Finds out of the compiled code who calls a method.</summary>
internal static class Callers
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>Returns the names of the types that call a method; what the compiler nests in a type counts as the type.</summary>
    public static IReadOnlySet<string> Of(MethodInfo target) => FindCallers(target);

    /// <summary>Returns the names of the types that make instances of a type.</summary>
    public static IReadOnlySet<string> OfConstructor(Type type) => FindCallers(type.GetConstructor(Type.EmptyTypes)!);

    private static HashSet<string> FindCallers(MethodBase target) => (
        from type in Repository.Assemblies.SelectMany(static assembly => assembly.GetTypes())
        from method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All))
        where CompiledTokens.Of(method).Any(target.HasSameMetadataDefinitionAs)
        select Outermost(type).Name).ToHashSet();

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
