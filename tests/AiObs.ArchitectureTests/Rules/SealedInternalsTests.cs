namespace AiObs.ArchitectureTests.Rules;

public sealed class SealedInternalsTests
{
    [Theory]
    [InlineData("internal class Open;")]
    [InlineData("internal class Open; internal sealed class Derived : Open;")]
    [InlineData("public static class Outer { private class Open; }")]
    [InlineData("internal static class Outer { public class Open; }")]
    [InlineData("internal record Open(string Name);")]
    public void Violations_OpenInternalClass_IsReported(string source)
    {
        var violation = Assert.Single(SealedInternals.Violations(CompiledSource.Types(source)));

        Assert.EndsWith("Open is internal and neither sealed nor abstract.", violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal sealed class C;")]
    [InlineData("internal abstract class C;")]
    [InlineData("internal static class C;")]
    [InlineData("internal struct C;")]
    [InlineData("public class C;")]
    [InlineData("public sealed class C { public IEnumerable<int> M(int a) { Func<int> f = () => a; yield return f(); } }")]
    public void Violations_OtherTypes_AreNotReported(string source) =>
        Assert.Empty(SealedInternals.Violations(CompiledSource.Types(source)));
}
