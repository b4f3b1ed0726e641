namespace AiObs.ArchitectureTests.Rules;

public sealed class SettableStaticsTests
{
    [Theory]
    [InlineData("public class C { private static int Bad; public int M() => Bad++; }")]
    [InlineData("public class C { public static int Bad { get; set; } }")]
    [InlineData("public class C { public static int Bad { get; private set; } }")]
    [InlineData("public class C { public static int Bad { set { } } }")]
    [InlineData("public class C { [ThreadStatic] internal static int Bad; }")]
    [InlineData("internal static class C { internal static AsyncLocal<int> Bad = new(); }")]
    public void Violations_StaticThatCanBeSet_IsReported(string source) =>
        Assert.Equal(["C.Bad is static and can be set."], SettableStatics.Violations(CompiledSource.Types(source)));

    [Theory]
    [InlineData("public class C { public const int A = 1; }")]
    [InlineData("public class C { public static readonly int A = 1; }")]
    [InlineData("public class C { public static int A { get; } = 1; }")]
    [InlineData("public class C { private static readonly AsyncLocal<int> A = new(); public int M() => A.Value; }")]
    [InlineData("public class C { public int A { get; set; } }")]
    [InlineData("public class C { public static Func<int> M() => () => 1; }")]
    [InlineData("public enum E { A }")]
    [InlineData("[System.CodeDom.Compiler.GeneratedCode(\"tool\", \"1\")] public class C { internal static int A; }")]
    public void Violations_OtherMembers_AreNotReported(string source) =>
        Assert.Empty(SettableStatics.Violations(CompiledSource.Types(source)));
}
