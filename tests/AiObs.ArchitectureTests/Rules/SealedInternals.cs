using System.Reflection;
using System.Runtime.CompilerServices;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Internal classes are sealed or abstract: nobody outside can derive from them, and nobody inside should have to guess.</summary>
internal static class SealedInternals
{
    public static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        from type in types
        where type is { IsClass: true, IsVisible: false, IsAbstract: false, IsSealed: false }
        where !type.IsDefined(typeof(CompilerGeneratedAttribute))
        select $"{type} is internal and neither sealed nor abstract.";
}
