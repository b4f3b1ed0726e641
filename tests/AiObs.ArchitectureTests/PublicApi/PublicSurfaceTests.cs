namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Each test compiles a few lines and reads what the printer makes of them.</summary>
public sealed class PublicSurfaceTests
{
    [Theory]
    [InlineData("public class C;", "public class C")]
    [InlineData("public sealed class C;", "public sealed class C")]
    [InlineData("public abstract class C { protected C() { } }", "public abstract class C")]
    [InlineData("public static class C;", "public static class C")]
    [InlineData("public interface I;", "public interface I")]
    [InlineData("public struct S;", "public struct S")]
    [InlineData("public readonly struct S;", "public readonly struct S")]
    [InlineData("public ref struct S;", "public ref struct S")]
    [InlineData("public sealed record R;", "public sealed record R : System.IEquatable<R>")]
    [InlineData("public readonly record struct R(int A);", "public readonly record struct R : System.IEquatable<R>")]
    [InlineData("public delegate int? D(string? text, int count = 3);", "public delegate int? D(string? text, int count = 3)")]
    [InlineData("namespace N.M; public sealed class C;", "public sealed class N.M.C")]
    [InlineData("[Flags] public enum E : byte { }", "public enum E : byte [Flags]")]
    [InlineData("[Obsolete(\"Use D.\")] public class C;", "public class C [Obsolete(\"Use D.\")]")]
    [InlineData(
        "[System.Diagnostics.CodeAnalysis.Experimental(\"AIOBS001\")] public class C;",
        "public class C [Experimental(\"AIOBS001\")]")]
    [InlineData("public class B; public class C : B, IDisposable { public void Dispose() { } }", "public class C : B, System.IDisposable")]
    [InlineData("public class C : List<string>;", "public class C : System.Collections.Generic.List<string>")]
    [InlineData("public interface I<in T, out U>;", "public interface I<in T, out U>")]
    [InlineData("public class C<T> where T : class, IDisposable, new();", "public class C<T> where T : class, System.IDisposable, new()")]
    [InlineData("public class C<T> where T : class?;", "public class C<T> where T : class?")]
    [InlineData("public class C<T> where T : notnull;", "public class C<T> where T : notnull")]
    [InlineData("public class C<T, U> where T : struct where U : unmanaged;", "public class C<T, U> where T : struct where U : unmanaged")]
    [InlineData("public class C<T> where T : allows ref struct;", "public class C<T> where T : allows ref struct")]
    [InlineData("public class O<T> { public class C<U>; }", "public class O<T>.C<U>")]
    [InlineData("public class O { protected class C; }", "protected class O.C")]
    public void Head_OfEachKindOfType_IsPrinted(string source, string expected) =>
        Assert.Contains(expected, Lines(source));

    [Theory]
    [InlineData("public C(string name) { }", "public .ctor(string name)")]
    [InlineData("protected internal C(int a, int b) { }", "protected internal .ctor(int a, int b)")]
    [InlineData("public void M() { }", "public void M()")]
    [InlineData("protected virtual void M() { }", "protected virtual void M()")]
    [InlineData("public static void M() { }", "public static void M()")]
    [InlineData("public override string ToString() => \"\";", "public override string ToString()")]
    [InlineData("public sealed override string ToString() => \"\";", "public sealed override string ToString()")]
    [InlineData("[Obsolete(\"Gone.\", true)] public void M() { }", "public void M() [Obsolete(\"Gone.\", error)]")]
    [InlineData("public ref readonly int M() => throw null!;", "public ref readonly int M()")]
    [InlineData("public static bool operator !(C c) => true;", "public static bool op_LogicalNot(C c)")]
    [InlineData("public T M<T>(T value) where T : class => value;", "public T M<T>(T value) where T : class")]
    public void Method_OfEachKind_IsPrinted(string member, string expected) =>
        Assert.Contains($"    {expected}", Lines($"public class C {{ {member} }}"));

    [Theory]
    [InlineData("string a = \"x\"", "string a = \"x\"")]
    [InlineData("string? a = null", "string? a = null")]
    [InlineData("bool a = true", "bool a = true")]
    [InlineData("double a = 0.5", "double a = 0.5")]
    [InlineData("decimal a = 1.5m", "decimal a = 1.5")]
    [InlineData("char a = 'x'", "char a = 'x'")]
    [InlineData("int? a = null", "int? a = null")]
    [InlineData("CancellationToken a = default", "System.Threading.CancellationToken a = default")]
    [InlineData("DayOfWeek a = DayOfWeek.Friday", "System.DayOfWeek a = System.DayOfWeek.Friday")]
    [InlineData("params string[] a", "params string[] a")]
    [InlineData("params ReadOnlySpan<int> a", "params System.ReadOnlySpan<int> a")]
    [InlineData("ref int a", "ref int a")]
    [InlineData("in int a", "in int a")]
    [InlineData("ref readonly int a", "ref readonly int a")]
    public void Parameter_OfEachKind_IsPrinted(string parameter, string expected) =>
        Assert.Contains($"    public void M({expected})", Lines($"public class C {{ public void M({parameter}) {{ }} }}"));

    [Fact]
    public void Parameter_Out_IsPrinted() =>
        Assert.Contains("    public bool M(out string? a)", Lines("public class C { public bool M(out string? a) => throw null!; }"));

    [Fact]
    public void Parameter_OfAnExtensionMethod_IsPrintedWithThis() => Assert.Contains(
        "    public static void M(this string a, int b)",
        Lines("public static class C { public static void M(this string a, int b) { } }"));

    [Theory]
    [InlineData("string", "string")]
    [InlineData("string?", "string?")]
    [InlineData("int?", "int?")]
    [InlineData("List<int?>", "System.Collections.Generic.List<int?>")]
    [InlineData("List<string?>", "System.Collections.Generic.List<string?>")]
    [InlineData("List<string>?", "System.Collections.Generic.List<string>?")]
    [InlineData("Func<string, List<string?>?>", "System.Func<string, System.Collections.Generic.List<string?>?>")]
    [InlineData("string?[]", "string?[]")]
    [InlineData("string[]?", "string[]?")]
    [InlineData("KeyValuePair<string, object?>", "System.Collections.Generic.KeyValuePair<string, object?>")]
    [InlineData("KeyValuePair<string, object?>?", "System.Collections.Generic.KeyValuePair<string, object?>?")]
    [InlineData("Func<string?, Task<int?>>", "System.Func<string?, System.Threading.Tasks.Task<int?>>")]
    [InlineData("T?", "T?")]
    [InlineData("List<T>", "System.Collections.Generic.List<T>")]
    [InlineData("List<T?>.Enumerator", "System.Collections.Generic.List<T?>.Enumerator")]
    public void Nullability_OfEachPartOfAType_IsPrinted(string type, string expected)
    {
        var lines = Lines($"public class C<T> {{ public {type} F = default!; public {type} M({type} a) => a; public {type} P => F; }}");

        Assert.Contains($"    public {expected} F", lines);
        Assert.Contains($"    public {expected} M({expected} a)", lines);
        Assert.Contains($"    public {expected} P {{ get; }}", lines);
    }

    [Theory]
    [InlineData("public int P { get; }", "public int P { get; }")]
    [InlineData("public int P { get; set; }", "public int P { get; set; }")]
    [InlineData("public int P { get; init; }", "public int P { get; init; }")]
    [InlineData("public required int P { get; set; }", "public required int P { get; set; }")]
    [InlineData("public int P { get; protected set; }", "public int P { get; protected set; }")]
    [InlineData("public int P { protected get; set; }", "public int P { protected get; set; }")]
    [InlineData("public int P { get; private set; }", "public int P { get; }")]
    [InlineData("public int P { get; internal set; }", "public int P { get; }")]
    [InlineData("protected int P { private get; set; }", "protected int P { set; }")]
    [InlineData("public static int P { get; }", "public static int P { get; }")]
    [InlineData("public virtual int P { get; }", "public virtual int P { get; }")]
    [InlineData("public string? this[int index] => null;", "public string? this[int index] { get; }")]
    [InlineData("public const string F = \"x\";", "public const string F = \"x\"")]
    [InlineData("public static readonly int F;", "public static readonly int F")]
    [InlineData("protected readonly int F;", "protected readonly int F")]
    [InlineData("public event EventHandler? E { add { } remove { } }", "public event System.EventHandler? E")]
    public void Member_OfEachOtherKind_IsPrinted(string member, string expected) =>
        Assert.Contains($"    {expected}", Lines($"public class C {{ {member} }}"));

    [Fact]
    public void Constructor_OfATypeWithRequiredMembers_IsNotCalledObsolete() =>
        Assert.Contains("    public .ctor()", Lines("public class C { public required int P { get; set; } }"));

    [Fact]
    public void Enum_Members_ArePrintedWithTheirNumbersInOrderOfThese() => Assert.Equal(
        """
        public enum E : int
            Minus = -1
            One = 1
            Two = 2 [Obsolete("")]

        """,
        Surface("public enum E { [Obsolete(\"\")] Two = 2, One = 1, Minus = -1 }"));

    [Fact]
    public void Interface_Members_ArePrintedWithoutNoise() => Assert.Equal(
        """
        public interface I
            public static abstract int S()
            public string? P { get; }
            public virtual void D()
            public void M()

        """,
        Surface("public interface I { void M(); string? P { get; } void D() { } static abstract int S(); }"));

    [Fact]
    public void Types_WhateverTheirOrderInTheSource_AreSortedOrdinally() => Assert.Equal(
        """
        public static class B

        public static class a
            public static void A()
            public static void b()

        """,
        Surface("public static class a { public static void b() { } public static void A() { } } public static class B;"));

    [Fact]
    public void Record_WhatTheCompilerAdds_IsLeftOut() => Assert.Equal(
        """
        public sealed record R : System.IEquatable<R>
            public .ctor(string A)
            public string A { get; init; }

        """,
        Surface("public sealed record R(string A);"));

    [Theory]
    [InlineData("internal class C { public void M() { } }")]
    [InlineData("internal class O { public class C; }")]
    [InlineData("public static class O { private class C; }")]
    [InlineData("public static class O { internal class C; }")]
    public void Type_ThatOthersCannotUse_IsLeftOut(string source) =>
        Assert.DoesNotContain("C\n", Surface(source), StringComparison.Ordinal);

    [Fact]
    public void Member_ThatOthersCannotUse_IsLeftOut() => Assert.Equal(
        """
        public sealed class C

        """,
        Surface("public sealed class C { private C() { } internal int F = 1; private protected int P { get; } internal void M() { } }"));

    private static string[] Lines(string source) => Surface(source).Split('\n');

    private static string Surface(string source) => PublicSurface.Of(CompiledSource.Types(source));
}
