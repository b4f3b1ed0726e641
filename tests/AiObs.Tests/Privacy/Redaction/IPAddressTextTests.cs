namespace AiObs.Tests.Privacy.Redaction;

public sealed class IPAddressTextTests
{
    [Theory]
    [InlineData("from 192.168.178.20.", "from [IP_ADDRESS].")]
    [InlineData("http://10.0.0.1:8080/x", "http://[IP_ADDRESS]:8080/x")]
    [InlineData("10.1.0.0/16", "[IP_ADDRESS]/16")]
    [InlineData("255.255.255.255", "[IP_ADDRESS]")]
    [InlineData("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "[IP_ADDRESS]")]
    [InlineData("at 2001:db8::1: port", "at [IP_ADDRESS]: port")]
    [InlineData("http://[2001:db8::8a2e:370:7334]:443/", "http://[[IP_ADDRESS]]:443/")]
    [InlineData("fe80::1ff:fe23:4567:890a%eth0", "[IP_ADDRESS]%eth0")]
    [InlineData("2001:db8:1:2::/64", "[IP_ADDRESS]/64")]
    [InlineData("::ffff:192.0.2.128", "::ffff:[IP_ADDRESS]")]
    public void Apply_Address_IsReplaced(string text, string expected) =>
        Assert.Equal(expected, Redacted.By(RedactionRules.IpAddress, text));

    [Theory]
    [InlineData("v1.2.3.4")]
    [InlineData("System.Text.Json, Version=10.0.0.14, Culture=neutral")]
    [InlineData("""{"version": "1.2.3.4"}""")]
    [InlineData("256.1.1.1")]
    [InlineData("0.1.2.3")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("10:20:30")]
    [InlineData("00:1b:44:11:3a:b7")]
    [InlineData("std::vector<int>")]
    [InlineData("feed::add(1)")]
    [InlineData("list[::2] and list[1::2]")]
    [InlineData("3000:1")]
    public void Apply_NoAddress_StaysAsItIs(string text) => Assert.Equal(text, Redacted.By(RedactionRules.IpAddress, text));
}
