namespace AiObs.ArchitectureTests.Rules;

/// <summary>Holds every library to the rules about types.</summary>
public sealed class TypeRuleTests
{
    [Fact]
    public void Libraries_UnderSrc_AreAllLookedAt() => Assert.Superset(
        new HashSet<string> { "AiObs", "AiObs.OpenTelemetry" },
        Repository.Assemblies.Select(assembly => assembly.GetName().Name!).ToHashSet());

    [Fact]
    public void InternalClasses_OfAllLibraries_AreSealed() => Check(SealedInternals.Violations);

    [Fact]
    public void AsyncMethods_OfAllLibraries_EndInAToken() => Check(AsyncTokens.Violations);

    [Fact]
    public void Statics_OfAllLibraries_CannotBeSet() => Check(SettableStatics.Violations);

    [Fact]
    public void Options_OfAllLibraries_AreSealedAndValidated() => Check(ValidatedOptions.Violations);

    private static void Check(Func<Type[], IEnumerable<string>> rule)
    {
        var violations = Repository.Assemblies.SelectMany(assembly => rule(assembly.GetTypes())).ToList();

        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }
}
